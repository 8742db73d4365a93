/** Member states of the European Union since 2020, by ISO 3166 code. The EEA, Switzerland and the United Kingdom are not in it. */
const europeanUnion = new Set('AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' '));

/** Whether a declared place (a country code, or `EU`) lies in an excluded one (the same). A declared `EU` may mean any member state, so it lies in each. */
export function regionIncludes(excluded: string, declared: string): boolean {
  if (excluded === declared) return true;
  return (excluded === 'EU' && europeanUnion.has(declared)) || (declared === 'EU' && europeanUnion.has(excluded));
}
