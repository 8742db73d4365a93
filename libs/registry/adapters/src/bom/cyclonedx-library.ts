/** The parts of the official library that are used: imported one by one, so that a bundle leaves its XML side out. */
export * as Enums from '@cyclonedx/cyclonedx-library/Enums';
export * as Models from '@cyclonedx/cyclonedx-library/Models';
export * as Serialize from '@cyclonedx/cyclonedx-library/Serialize';
export * as Spec from '@cyclonedx/cyclonedx-library/Spec';
export * as SPDX from '@cyclonedx/cyclonedx-library/SPDX';
