import create from '@salesforce/label/c.Plumbline_Screen_SetupRules_Create';
import doesNothing from '@salesforce/label/c.Plumbline_Screen_SetupRules_DoesNothing';
import duplicateAllow from '@salesforce/label/c.Plumbline_Screen_SetupRules_DuplicateAllow';
import duplicateBlock from '@salesforce/label/c.Plumbline_Screen_SetupRules_DuplicateBlock';
import duplicateHelp from '@salesforce/label/c.Plumbline_Screen_SetupRules_DuplicateHelp';
import duplicateLink from '@salesforce/label/c.Plumbline_Screen_SetupRules_DuplicateLink';
import forget from '@salesforce/label/c.Plumbline_Screen_SetupRules_Forget';
import ignore from '@salesforce/label/c.Plumbline_Screen_SetupRules_Ignore';
import onDelete from '@salesforce/label/c.Plumbline_Screen_SetupRules_OnDelete';
import onDuplicate from '@salesforce/label/c.Plumbline_Screen_SetupRules_OnDuplicate';
import optOut from '@salesforce/label/c.Plumbline_Screen_SetupRules_OptOut';
import pollSeconds from '@salesforce/label/c.Plumbline_Screen_SetupRules_PollSeconds';
import precedence from '@salesforce/label/c.Plumbline_Screen_SetupRules_Precedence';
import precedenceHelp from '@salesforce/label/c.Plumbline_Screen_SetupRules_PrecedenceHelp';
import sweepAt from '@salesforce/label/c.Plumbline_Screen_SetupRules_SweepAt';
import sweepHelp from '@salesforce/label/c.Plumbline_Screen_SetupRules_SweepHelp';
import update from '@salesforce/label/c.Plumbline_Screen_SetupRules_Update';

/** The words of this component. */
export const labels = {
  create,
  doesNothing,
  duplicateAllow,
  duplicateBlock,
  duplicateHelp,
  duplicateLink,
  forget,
  ignore,
  onDelete,
  onDuplicate,
  optOut,
  pollSeconds,
  precedence,
  precedenceHelp,
  sweepAt,
  sweepHelp,
  update,
};
