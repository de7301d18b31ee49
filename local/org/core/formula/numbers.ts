/** Numbers of formulas are decimals: what binary fractions add after the 15th digit is taken away again. */
export function plainNumber(number: number): number {
  return Number.isInteger(number) ? number : Number(number.toPrecision(15));
}

/** Rounds half away from zero; negative `places` round to tens, hundreds … */
export function roundTo(number: number, places: number): number {
  const written = String(Math.abs(plainNumber(number)));
  if (written.includes('e')) return Number(number.toFixed(Math.max(0, Math.min(100, places))));
  return Math.sign(number) * Number(`${Math.round(Number(`${written}e${places}`))}e${-places}`) || 0;
}
