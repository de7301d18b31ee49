/** Exact decimal numbers with a scale, as Apex has them: `unscaled` × 10^-`scale`. */
export class Decimal {
  readonly unscaled: bigint;
  readonly scale: number;

  constructor(unscaled: bigint, scale: number) {
    this.unscaled = unscaled;
    this.scale = scale;
  }

  /** Reads `12`, `-1.50`, `1e3`; undefined for what is no number. */
  static parse(text: string): Decimal | undefined {
    const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text.trim());
    if (match === null) return undefined;
    const [, sign = '', whole = '', part = '', power = '0'] = match;
    if (whole === '' && part === '') return undefined;
    const unscaled = BigInt(`${whole}${part}`) * (sign === '-' ? -1n : 1n);
    const scale = part.length - Number(power);
    return scale >= 0 ? new Decimal(unscaled, scale) : new Decimal(unscaled * 10n ** BigInt(-scale), 0);
  }

  static of(number: number | bigint): Decimal {
    if (typeof number === 'bigint') return new Decimal(number, 0);
    const parsed = Decimal.parse(String(number));
    if (parsed === undefined) throw new Error(`${number} is no decimal`);
    return parsed;
  }

  toNumber(): number {
    return Number(this.toString());
  }

  toString(): string {
    const digits = (this.unscaled < 0n ? -this.unscaled : this.unscaled).toString().padStart(this.scale + 1, '0');
    const sign = this.unscaled < 0n ? '-' : '';
    if (this.scale === 0) return sign + digits;
    return `${sign}${digits.slice(0, -this.scale)}.${digits.slice(-this.scale)}`;
  }

  plus(other: Decimal): Decimal {
    const scale = Math.max(this.scale, other.scale);
    return new Decimal(this.#at(scale) + other.#at(scale), scale);
  }

  minus(other: Decimal): Decimal {
    return this.plus(other.negated());
  }

  times(other: Decimal): Decimal {
    return new Decimal(this.unscaled * other.unscaled, this.scale + other.scale);
  }

  /** To 34 significant digits, without the zeros at the end that no operand had. */
  dividedBy(other: Decimal): Decimal {
    const digits = 34 + other.unscaled.toString().length - this.unscaled.toString().length;
    const places = Math.max(digits, 0) + Math.max(this.scale - other.scale, 0);
    const raised = this.unscaled * 10n ** BigInt(places);
    let quotient = new Decimal(divideHalfUp(raised, other.unscaled), this.scale - other.scale + places);
    const least = Math.max(this.scale - other.scale, 0);
    while (quotient.scale > least && quotient.unscaled % 10n === 0n) {
      quotient = new Decimal(quotient.unscaled / 10n, quotient.scale - 1);
    }
    return quotient;
  }

  negated(): Decimal {
    return new Decimal(-this.unscaled, this.scale);
  }

  compare(other: Decimal): number {
    const scale = Math.max(this.scale, other.scale);
    const [left, right] = [this.#at(scale), other.#at(scale)];
    return left < right ? -1 : left > right ? 1 : 0;
  }

  /** Half to the even digit, as `setScale` does when it is not told otherwise. */
  withScale(scale: number): Decimal {
    return scale >= this.scale ? new Decimal(this.#at(scale), scale) : this.#rounded(scale, 'HALF_EVEN');
  }

  round(scale: number, mode: string): Decimal {
    return scale >= this.scale ? this : this.#rounded(scale, mode);
  }

  stripped(): Decimal {
    let { unscaled, scale } = this;
    while (scale > 0 && unscaled % 10n === 0n) {
      unscaled /= 10n;
      scale--;
    }
    return new Decimal(unscaled, scale);
  }

  #at(scale: number): bigint {
    return this.unscaled * 10n ** BigInt(scale - this.scale);
  }

  #rounded(scale: number, mode: string): Decimal {
    const unit = 10n ** BigInt(this.scale - scale);
    const negative = this.unscaled < 0n;
    const magnitude = negative ? -this.unscaled : this.unscaled;
    const [whole, rest] = [magnitude / unit, magnitude % unit];
    const twice = rest * 2n;
    const up = {
      UP: rest > 0n,
      DOWN: false,
      CEILING: rest > 0n && !negative,
      FLOOR: rest > 0n && negative,
      HALF_UP: twice >= unit,
      HALF_DOWN: twice > unit,
      HALF_EVEN: twice > unit || (twice === unit && whole % 2n === 1n),
    }[mode];
    if (up === undefined) throw new Error(`unsupported rounding mode ${mode}`);
    const rounded = up ? whole + 1n : whole;
    return new Decimal(negative ? -rounded : rounded, scale);
  }
}

function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n;
  const [left, right] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor];
  const rounded = (left * 2n + right) / (right * 2n);
  return negative ? -rounded : rounded;
}
