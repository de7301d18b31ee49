// `lightning/graphql`
import { callOrg } from './http.ts';
import { createAdapter } from './wire.ts';

interface Query {
  readonly text: string;
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
}

export function gql(texts: readonly string[], ...parts: readonly (Query | string)[]): Query {
  const text = texts.map((part, index) => {
    const inner = parts[index];
    return part + (inner === undefined ? '' : typeof inner === 'string' ? inner : inner.text);
  });
  return { text: text.join('') };
}

export const graphql = createAdapter(
  ({ query, variables }) => callOrg('POST', '/graphql', { query: (query as Query).text, variables: variables ?? {} }),
  {
    ready: ({ query }) => query !== undefined,
    shape(answer) {
      const { data, errors } = answer as Answer;
      return { data, errors: errors?.length ? errors : undefined };
    },
  },
).adapter;
