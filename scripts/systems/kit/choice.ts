import { z } from 'zod';

/** A setting of a few values, and the one that it has when nothing was chosen. */
export interface SettingChoice {
  readonly name: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
}

/**
 * A setting that an admin chooses when a connection is made: what it is called, each value with the words that it is
 * shown by, and the one that it begins with.
 */
export function choice<const Value extends string>(
  label: string,
  words: Readonly<Record<Value, string>>,
  value: NoInfer<Value>,
): z.ZodType<Value, Value | undefined> {
  // What zod infers of an enum is not reduced while the values are a type parameter.
  const values = Object.keys(words) as Value[];
  const isOne = z.enum(values) as unknown as z.ZodType<Value, Value>;
  return isOne.default(value as never).meta({ title: label, words });
}

const described = z.object({
  properties: z.record(
    z.string(),
    z.looseObject({
      title: z.string().exactOptional(),
      words: z.record(z.string(), z.string()).exactOptional(),
      default: z.unknown().optional(),
    }),
  ),
});

/** The settings of a schema that were made by `choice`, in its order. */
export function choicesOf(settings: z.ZodType): readonly SettingChoice[] {
  const { properties } = described.parse(z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' }));
  return Object.entries(properties).flatMap(([name, { title: label, words, default: value }]) => {
    if (label === undefined || words === undefined || typeof value !== 'string') return [];
    const options = Object.entries(words).map(([each, shown]) => ({ value: each, label: shown }));
    return [{ name, label, options, value }];
  });
}
