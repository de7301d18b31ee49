import { EvaluationError } from '../errors.ts';
import { plainNumber, roundTo } from '../numbers.ts';
import { insistCount, ofNumbers, parameter, type FunctionCompiler } from './call.ts';

const numeric =
  (least: number, most: number, work: (...numbers: number[]) => number): FunctionCompiler =>
  (call) => {
    insistCount(call, least, most);
    for (const index of call.parameters.keys()) parameter(call, index, 'Number');
    return ofNumbers(call, 'Number', work);
  };

/** CEILING goes away from zero and FLOOR towards it; MCEILING and MFLOOR are the mathematical ones. */
export const numberFunctions: Readonly<Record<string, FunctionCompiler>> = {
  ABS: numeric(1, 1, (number = 0) => Math.abs(number)),
  CEILING: numeric(1, 1, (number = 0) => Math.sign(number) * Math.ceil(Math.abs(plainNumber(number))) || 0),
  FLOOR: numeric(1, 1, (number = 0) => Math.trunc(plainNumber(number)) || 0),
  MCEILING: numeric(1, 1, (number = 0) => Math.ceil(plainNumber(number)) || 0),
  MFLOOR: numeric(1, 1, (number = 0) => Math.floor(plainNumber(number)) || 0),
  ROUND: numeric(2, 2, (number = 0, places = 0) => roundTo(number, Math.trunc(places))),
  MIN: numeric(1, Infinity, Math.min),
  MAX: numeric(1, Infinity, Math.max),
  MOD: numeric(2, 2, (number = 0, divisor = 0) => {
    if (divisor === 0) throw new EvaluationError('Division by zero');
    return plainNumber(number % divisor) || 0;
  }),
};
