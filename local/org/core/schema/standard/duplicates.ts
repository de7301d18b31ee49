import type { ObjectDefinition } from '../../contract/index.ts';
import { flag, integer, kept, readOnly, reference, standardObject, text } from './shorthand.ts';
import { systemFields } from './system-fields.ts';

/** What both kinds of rules have. */
const ofRule = [
  ...systemFields({ deletable: false }),
  text('SobjectType', 'Object', 40, kept),
  text('DeveloperName', 'Unique Name', 80, kept),
  text('Language', 'Master Language', 40, kept),
  text('MasterLabel', 'Rule Name', 80, kept),
  text('NamespacePrefix', 'Namespace Prefix', 15, readOnly),
  text('SobjectSubtype', 'Object Subtype', 40, readOnly),
];

/** The rules that keep duplicates away, as integrations read them; only metadata writes them. */
export const duplicates: readonly ObjectDefinition[] = [
  standardObject('DuplicateRule', 'Duplicate Rule', 'Duplicate Rules', '0Bm', [
    ...ofRule,
    flag('IsActive', 'Active', readOnly),
  ]),
  standardObject('MatchingRule', 'Matching Rule', 'Matching Rules', '0JD', [
    ...ofRule,
    text('MatchEngine', 'Match Engine', 40, kept),
    text('BooleanFilter', 'Boolean Filter', 255, readOnly),
    text('Description', 'Description', 255, readOnly),
    text('RuleStatus', 'Status', 40, kept),
  ]),
  standardObject('MatchingRuleItem', 'Matching Rule Item', 'Matching Rule Items', '0JF', [
    ...systemFields({ deletable: false }),
    reference('MatchingRuleId', 'Matching Rule ID', 'MatchingRule', 'MatchingRuleItems', {
      ...kept,
      deleteConstraint: 'Cascade',
    }),
    integer('SortOrder', 'Sort Order', 8, kept),
    text('Field', 'Field', 255, kept),
    text('MatchingMethod', 'Matching Method', 40, kept),
    text('BlankValueBehavior', 'Blank Value Behavior', 40, kept),
  ]),
];
