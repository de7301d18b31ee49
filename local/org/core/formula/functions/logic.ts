import { wrongCount, wrongParameter } from '../errors.ts';
import { refusePicklist, same } from '../operators.ts';
import { isBlank, type Typed } from '../values.ts';
import { insistCount, literalText, parameter, sharedType, type CompiledCall, type FunctionCompiler } from './call.ts';

const conjunction =
  (wanted: boolean): FunctionCompiler =>
  (call) => {
    insistCount(call, 1, Infinity);
    const parts = call.parameters.map((_, index) => parameter(call, index, 'Boolean'));
    return {
      type: 'Boolean',
      at: call.at,
      evaluate: wanted
        ? (moment) => parts.every((part) => part.evaluate(moment) === true)
        : (moment) => parts.some((part) => part.evaluate(moment) === true),
    };
  };

const negation: FunctionCompiler = (call) => {
  insistCount(call, 1);
  const part = parameter(call, 0, 'Boolean');
  return { type: 'Boolean', at: call.at, evaluate: (moment) => part.evaluate(moment) !== true };
};

const choice: FunctionCompiler = (call) => {
  insistCount(call, 3);
  const condition = parameter(call, 0, 'Boolean');
  const [yes, no] = [parameter(call, 1), parameter(call, 2)];
  return {
    type: sharedType(call, [yes, no]),
    at: call.at,
    evaluate: (moment) => (condition.evaluate(moment) === true ? yes : no).evaluate(moment),
  };
};

/** `CASE(expression, value, result, …, otherwise)`; the expression may be a picklist, its values then are texts. */
const cases: FunctionCompiler = (call) => {
  const { parameters, at } = call;
  if (parameters.length < 4 || parameters.length % 2 === 1) {
    throw wrongCount(call.name, Math.max(4, parameters.length + 1), parameters.length, at);
  }
  const expression = parameter(call, 0);
  const compared = expression.type === 'Picklist' ? 'Text' : expression.type;
  if (compared === 'Multipicklist') refusePicklist(expression);
  const branches: { readonly value: Typed; readonly result: Typed }[] = [];
  for (let index = 1; index + 1 < parameters.length; index += 2) {
    branches.push({ value: parameter(call, index, compared), result: parameter(call, index + 1) });
  }
  const otherwise = parameter(call, parameters.length - 1);
  return {
    type: sharedType(call, [...branches.map(({ result }) => result), otherwise]),
    at,
    evaluate: (moment) => {
      const wanted = expression.evaluate(moment);
      const found = branches.find(({ value }) => same(value.evaluate(moment), wanted));
      return (found?.result ?? otherwise).evaluate(moment);
    },
  };
};

/** A text is never null to ISNULL and NULLVALUE, as in an org. */
const blankTest: FunctionCompiler = (call) => {
  insistCount(call, 1);
  const part = parameter(call, 0);
  if (call.name === 'ISNULL') refusePicklist(part);
  const test = call.name === 'ISNULL' ? (value: unknown) => value === null : isBlank;
  return { type: 'Boolean', at: call.at, evaluate: (moment) => test(part.evaluate(moment)) };
};

const blankReplacement: FunctionCompiler = (call) => {
  insistCount(call, 2);
  const [part, instead] = [parameter(call, 0), parameter(call, 1)];
  const test = call.name === 'NULLVALUE' ? (value: unknown) => value === null : isBlank;
  return {
    type: sharedType(call, [part, instead]),
    at: call.at,
    evaluate: (moment) => {
      const value = part.evaluate(moment);
      return test(value) ? instead.evaluate(moment) : value;
    },
  };
};

const isPicklistValue: FunctionCompiler = (call) => {
  insistCount(call, 2);
  const part = picklist(call, 'Picklist');
  const wanted = literalText(call, 1);
  return { type: 'Boolean', at: call.at, evaluate: (moment) => part.evaluate(moment) === wanted };
};

const includes: FunctionCompiler = (call) => {
  insistCount(call, 2);
  const part = picklist(call, 'Multipicklist');
  const wanted = literalText(call, 1);
  return {
    type: 'Boolean',
    at: call.at,
    evaluate: (moment) => String(part.evaluate(moment)).split(';').includes(wanted),
  };
};

function picklist(call: CompiledCall, type: 'Picklist' | 'Multipicklist'): Typed {
  const part = parameter(call, 0);
  if (part.type === type) return part;
  throw wrongParameter(`function '${call.name}()'`, type, part.type, part.at);
}

export const logicFunctions: Readonly<Record<string, FunctionCompiler>> = {
  AND: conjunction(true),
  OR: conjunction(false),
  NOT: negation,
  IF: choice,
  CASE: cases,
  ISBLANK: blankTest,
  ISNULL: blankTest,
  BLANKVALUE: blankReplacement,
  NULLVALUE: blankReplacement,
  ISPICKVAL: isPicklistValue,
  INCLUDES: includes,
};
