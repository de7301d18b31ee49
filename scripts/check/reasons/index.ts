import { reasonCodes, reasonTexts, type ReasonCode } from '../../engine/index.ts';
import { labelsXml, readLabels, type Label } from './labels.ts';

/** What stands for `{detail}` in the middle of a sentence, where no single record is spoken of. */
const someOf: Readonly<Partial<Record<ReasonCode, string>>> = {
  converted: 'another record',
  merged: 'another record',
  'not-allowed': 'one of its fields',
};

/**
 * The labels file `text` with the labels of every reason as `scripts/engine/reasons` words it, in place of those that it
 * held. Its other labels stay. Throws when a sentence holds its detail in a new place.
 */
export function withReasonLabels(text: string): string {
  const others = readLabels(text).filter(({ name }) => !/^Plumbline_(Reason|Next)_[a-z]/.test(name));
  const reasons = reasonCodes.flatMap((code): readonly Label[] => [
    { name: `Plumbline_Reason_${nameOf(code)}`, description: `Reason: ${code}`, value: generally(code) },
    {
      name: `Plumbline_Next_${nameOf(code)}`,
      description: `Next step: ${code}`,
      value: generalised(code, reasonTexts[code].nextStep),
    },
  ]);
  return labelsXml([...others, ...reasons]);
}

/** The Apex class that gives each reason code its labels and its outcome. */
export function reasonsClass(): string {
  const outcomes = Map.groupBy(reasonCodes, (code) => reasonTexts[code].outcome);
  return `/** Every reason in words and the outcome that it explains. Made by scripts/check/apex-reasons.ts from scripts/engine/reasons. */
public with sharing class PlumblineReasons {
  /** Why a record did not sync, without what is particular to one record. */
  public static String sentenceOf(String code) {
    switch on code {
${reasonCodes.map((code) => when([code], `return System.Label.Plumbline_Reason_${nameOf(code)};`)).join('\n')}
      when else {
        return System.Label.Plumbline_Reason_Other;
      }
    }
  }

  /** What an admin can do about it. */
  public static String nextStepOf(String code) {
    switch on code {
${reasonCodes.map((code) => when([code], `return System.Label.Plumbline_Next_${nameOf(code)};`)).join('\n')}
      when else {
        return System.Label.Plumbline_Next_Other;
      }
    }
  }

  /** skipped, held or failed; null for a code that this version of the package does not know. */
  public static String outcomeOf(String code) {
    switch on code {
${[...outcomes].map(([outcome, codes]) => when(codes, `return '${outcome}';`)).join('\n')}
      when else {
        return null;
      }
    }
  }
}
`;
}

function when(codes: readonly ReasonCode[], statement: string): string {
  return `      when ${codes.map((code) => `'${code}'`).join(', ')} {\n        ${statement}\n      }`;
}

function nameOf(code: ReasonCode): string {
  return code.replaceAll('-', '_');
}

function generally(code: ReasonCode): string {
  return generalised(code, reasonTexts[code].sentence);
}

function generalised(code: ReasonCode, text: string): string {
  const shorter = text.replace(': {detail}.', '.');
  if (!shorter.includes('{detail}')) return shorter;
  const some = someOf[code];
  if (some === undefined) throw new Error(`Say in scripts/check/reasons what stands for the detail of ${code}.`);
  return shorter.replace('{detail}', some);
}
