/** A version 4 UUID drawn from `random`. */
export function makeUuid(random: () => number): string {
  let hex = '';
  for (let index = 0; index < 32; index++) hex += Math.floor(random() * 16).toString(16);
  const variant = (8 + Math.floor(random() * 4)).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
