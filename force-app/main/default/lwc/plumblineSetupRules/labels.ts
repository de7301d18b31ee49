import create from '@salesforce/label/c.Plumbline_Screen_SetupRules_Create';
import doesNothing from '@salesforce/label/c.Plumbline_Screen_SetupRules_DoesNothing';
import forget from '@salesforce/label/c.Plumbline_Screen_SetupRules_Forget';
import ignore from '@salesforce/label/c.Plumbline_Screen_SetupRules_Ignore';
import onDelete from '@salesforce/label/c.Plumbline_Screen_SetupRules_OnDelete';
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
  forget,
  ignore,
  onDelete,
  optOut,
  pollSeconds,
  precedence,
  precedenceHelp,
  sweepAt,
  sweepHelp,
  update,
};
