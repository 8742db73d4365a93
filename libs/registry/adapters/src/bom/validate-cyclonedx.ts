import { Version } from '@cyclonedx/cyclonedx-library/Spec';
import { JsonValidator } from '@cyclonedx/cyclonedx-library/Validation';
import { AppError } from '@weighbridge/shared-domain';

const validator = new JsonValidator(Version.v1dot7);

/** The document as JSON, once the official JSON schema of CycloneDX 1.7 has found nothing; anything else is our fault, and is not given out. */
export async function validCycloneDx(bom: Readonly<Record<string, unknown>>): Promise<string> {
  const text = `${JSON.stringify(bom, null, 2)}\n`;
  const faults = await validator.validate(text);
  if (faults !== null) throw new AppError('service.internal', `a bill of materials is not valid CycloneDX: ${JSON.stringify(faults).slice(0, 2_000)}`);
  return text;
}
