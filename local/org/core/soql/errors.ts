import { OrgError } from '../contract/index.ts';

/** Makes the errors of one query, worded and placed as an org does it. */
export class QueryErrors {
  readonly #soql: string;

  constructor(soql: string) {
    this.#soql = soql;
  }

  malformed(message: string, at?: number): OrgError {
    return new OrgError(400, 'MALFORMED_QUERY', at === undefined ? message : this.#placed(message, at));
  }

  unexpected(token: string, at: number): OrgError {
    return this.malformed(`unexpected token: '${token}'`, at);
  }

  noField(name: string, object: string, at: number): OrgError {
    const help = `If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ${seeDescribe}`;
    return this.invalidField(`No such column '${name}' on entity '${object}'. ${help}`, at);
  }

  noParent(name: string, at: number): OrgError {
    const help = `If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${seeDescribe}`;
    return this.invalidField(`Didn't understand relationship '${name}' in field path. ${help}`, at);
  }

  noChildren(name: string, at: number): OrgError {
    const help = `If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${seeDescribe}`;
    return new OrgError(
      400,
      'INVALID_TYPE',
      this.#placed(`Didn't understand relationship '${name}' in FROM part of query call. ${help}`, at),
    );
  }

  noObject(name: string, at: number): OrgError {
    const help = `If you are attempting to use a custom object, be sure to append the '__c' after the entity name. ${seeDescribe}`;
    return new OrgError(400, 'INVALID_TYPE', this.#placed(`sObject type '${name}' is not supported. ${help}`, at));
  }

  invalidField(message: string, at: number): OrgError {
    return new OrgError(400, 'INVALID_FIELD', this.#placed(message, at));
  }

  invalidOperator(message: string, at: number): OrgError {
    return new OrgError(400, 'INVALID_QUERY_FILTER_OPERATOR', this.#placed(message, at));
  }

  notYet(what: string, at?: number): OrgError {
    return this.malformed(`not yet: ${what} is not known to the local org`, at);
  }

  /** The line around the place, a caret under it, row and column, then the message. */
  #placed(message: string, at: number): string {
    const before = this.#soql.slice(0, at).split('\n');
    const column = (before[before.length - 1] ?? '').length;
    const line = this.#soql.split('\n')[before.length - 1] ?? '';
    const start = Math.max(0, column - 40);
    const shown = line.slice(start, column + 40);
    return `\n${shown}\n${' '.repeat(column - start)}^\nERROR at Row:${before.length}:Column:${column + 1}\n${message}`;
  }
}

const seeDescribe = 'Please reference your WSDL or the describe call for the appropriate names.';
