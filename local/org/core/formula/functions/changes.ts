import { same } from '../operators.ts';
import { fieldParameter, insistCount, type FunctionCompiler } from './call.ts';

/** What only a rule knows: whether the record is new, and what was there before. */
const isNew: FunctionCompiler = (call) => {
  insistCount(call, 0);
  return { type: 'Boolean', at: call.at, evaluate: ({ before }) => before === undefined };
};

/** False for a new record. */
const isChanged: FunctionCompiler = (call) => {
  insistCount(call, 1);
  const field = fieldParameter(call, 0);
  return {
    type: 'Boolean',
    at: call.at,
    evaluate: (moment) => {
      const { before } = moment;
      return before !== undefined && !same(field.evaluate(moment), field.evaluate({ ...moment, row: before }));
    },
  };
};

/** Of a new record, what it is created with (Salesforce Help, "PRIORVALUE"). */
const priorValue: FunctionCompiler = (call) => {
  insistCount(call, 1);
  const field = fieldParameter(call, 0);
  return {
    ...field,
    at: call.at,
    evaluate: (moment) => field.evaluate({ ...moment, row: moment.before ?? moment.row }),
  };
};

export const changeFunctions: Readonly<Record<string, FunctionCompiler>> = {
  ISNEW: isNew,
  ISCHANGED: isChanged,
  PRIORVALUE: priorValue,
};
