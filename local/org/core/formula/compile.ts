import type { Node } from './ast.ts';
import { noSuchFunction, notInThisPlace, notYet } from './errors.ts';
import { functions, rulesOnly, unheldFunctions } from './functions/index.ts';
import { compileGlobal } from './globals.ts';
import { compileBinary, compileNegative } from './operators.ts';
import { compileReference } from './references.ts';
import type { FormulaScope } from './scope.ts';
import type { Typed } from './values.ts';

/** Checks a parsed formula against the schema and compiles it to closures. Throws `FormulaError`. */
export function compileNode(scope: FormulaScope, node: Node): Typed {
  const { at } = node;
  switch (node.kind) {
    case 'number':
      return literal('Number', node.value, at);
    case 'text':
      return literal('Text', node.value, at);
    case 'boolean':
      return literal('Boolean', node.value, at);
    case 'null':
      return literal('Null', null, at);
    case 'negative':
      return compileNegative(compileNode(scope, node.operand), at);
    case 'binary':
      return compileBinary(node.operator, compileNode(scope, node.left), compileNode(scope, node.right), at);
    case 'reference':
      return node.path.startsWith('$') ? compileGlobal(scope, node) : compileReference(scope, node);
    case 'call': {
      const { name } = node;
      const compile = functions.get(name);
      if (compile === undefined)
        throw unheldFunctions.has(name) ? notYet(`the function ${name}`, at) : noSuchFunction(name, at);
      if (rulesOnly.has(name) && scope.place !== 'rule') throw notInThisPlace(name, at);
      const parameters = node.parameters.map((parameter) => compileNode(scope, parameter));
      return compile({ name, at, parameters });
    }
  }
}

function literal(type: Typed['type'], value: string | number | boolean | null, at: number): Typed {
  return { type, at, literal: value, evaluate: () => value };
}
