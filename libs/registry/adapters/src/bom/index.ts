export type { BomContent, BomDeployment, BomVersion } from './bom-content.ts';
export { cycloneDxBom } from './cyclonedx.ts';
export { spdx3Bom } from './spdx3.ts';
export { validCycloneDx } from './validate-cyclonedx.ts';
