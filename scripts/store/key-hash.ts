/**
 * A hash of (key space, key) of 48 bits: an entry of the claims is a third smaller by it than with the key itself,
 * and a third fewer pages are touched. It only finds rows; whether the key is the same is read from the row.
 */
export function keyHash(keySpace: number, key: string): number {
  let high = 0x9e3779b9 ^ keySpace;
  let low = 0x85ebca6b ^ keySpace;
  for (let index = 0; index < key.length; index++) {
    const unit = key.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (high >>> 16) * 0x1_0000_0000 + (low >>> 0);
}
