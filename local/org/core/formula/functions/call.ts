import { wrongCount, wrongParameter } from '../errors.ts';
import { refusePicklist } from '../operators.ts';
import type { Evaluate, Moment, Typed, Value, ValueType } from '../values.ts';

/** A call whose parameters are compiled. */
export interface CompiledCall {
  readonly name: string;
  readonly parameters: readonly Typed[];
  readonly at: number;
}

export type FunctionCompiler = (call: CompiledCall) => Typed;

/** Throws `FormulaError` unless there are from `least` to `most` parameters. */
export function insistCount({ name, parameters, at }: CompiledCall, least: number, most = least): void {
  const { length } = parameters;
  if (length < least) throw wrongCount(name, least, length, at);
  if (length > most) throw wrongCount(name, most, length, at);
}

/** The parameter at `index`, which must be there and of one of these types. Throws `FormulaError`. */
export function parameter(call: CompiledCall, index: number, ...types: readonly ValueType[]): Typed {
  const found = call.parameters[index];
  if (found === undefined) throw wrongCount(call.name, index + 1, call.parameters.length, call.at);
  if (types.length === 0 || types.includes(found.type) || found.type === 'Null') return found;
  refusePicklist(found);
  throw wrongParameter(`function '${call.name}()'`, types.join(', '), found.type, found.at);
}

/** The text of a parameter that must be written as a literal. Throws `FormulaError`. */
export function literalText(call: CompiledCall, index: number): string {
  const found = parameter(call, index, 'Text');
  if (typeof found.literal === 'string') return found.literal;
  throw wrongParameter(`function '${call.name}()'`, 'Text literal', found.type, found.at);
}

/** A parameter that must be a field. Throws `FormulaError`. */
export function fieldParameter(call: CompiledCall, index: number): Typed & { readonly path: string } {
  const found = parameter(call, index);
  const { path } = found;
  if (path === undefined) throw wrongParameter(`function '${call.name}()'`, 'Field', found.type, found.at);
  return { ...found, path };
}

/** The type that several results share. Throws `FormulaError` when they differ. */
export function sharedType(call: CompiledCall, results: readonly Typed[]): ValueType {
  let type: ValueType = 'Null';
  for (const result of results) {
    refusePicklist(result);
    if (type === 'Null') type = result.type;
    else if (result.type !== 'Null' && result.type !== type)
      throw wrongParameter(`function '${call.name}()'`, type, result.type, result.at);
  }
  return type;
}

/** A function of numbers whose result is blank when one of them is. */
export function ofNumbers(call: CompiledCall, type: ValueType, work: (...numbers: number[]) => Value): Typed {
  const { parameters } = call;
  const evaluate: Evaluate = (moment) => {
    const numbers: number[] = [];
    for (const part of parameters) {
      const value = part.evaluate(moment);
      if (typeof value !== 'number') return null;
      numbers.push(value);
    }
    return work(...numbers);
  };
  return { type, at: call.at, evaluate };
}

export function textOf(part: Typed, moment: Moment): string {
  const value = part.evaluate(moment);
  return typeof value === 'string' ? value : '';
}

export function numberOf(part: Typed | undefined, moment: Moment): number | undefined {
  const value = part?.evaluate(moment);
  return typeof value === 'number' ? value : undefined;
}
