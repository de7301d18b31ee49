import add from '@salesforce/label/c.Plumbline_Screen_SetupProposals_Add';
import byCommand from '@salesforce/label/c.Plumbline_Screen_SetupProposals_ByCommand';
import byFiles from '@salesforce/label/c.Plumbline_Screen_SetupProposals_ByFiles';
import column from '@salesforce/label/c.Plumbline_Screen_SetupProposals_Column';
import explanation from '@salesforce/label/c.Plumbline_Screen_SetupProposals_Explanation';
import field from '@salesforce/label/c.Plumbline_Screen_SetupProposals_Field';
import files from '@salesforce/label/c.Plumbline_Screen_SetupProposals_Files';
import lacks from '@salesforce/label/c.Plumbline_Screen_SetupProposals_Lacks';
import lookAgain from '@salesforce/label/c.Plumbline_Screen_SetupProposals_LookAgain';
import missing from '@salesforce/label/c.Plumbline_Screen_SetupProposals_Missing';
import note from '@salesforce/label/c.Plumbline_Screen_SetupProposals_Note';
import notSaved from '@salesforce/label/c.Plumbline_Screen_SetupProposals_NotSaved';
import ownLogin from '@salesforce/label/c.Plumbline_Screen_SetupProposals_OwnLogin';
import period from '@salesforce/label/c.Plumbline_Screen_SetupProposals_Period';
import periodHelp from '@salesforce/label/c.Plumbline_Screen_SetupProposals_PeriodHelp';
import periodIs from '@salesforce/label/c.Plumbline_Screen_SetupProposals_PeriodIs';
import periodNone from '@salesforce/label/c.Plumbline_Screen_SetupProposals_PeriodNone';
import propose from '@salesforce/label/c.Plumbline_Screen_SetupProposals_Propose';
import state from '@salesforce/label/c.Plumbline_Screen_SetupProposals_State';
import there from '@salesforce/label/c.Plumbline_Screen_SetupProposals_There';
import title from '@salesforce/label/c.Plumbline_Screen_SetupProposals_Title';
import type from '@salesforce/label/c.Plumbline_Screen_SetupProposals_Type';

/** The words of this component. */
export const labels = {
  add,
  byCommand,
  byFiles,
  column,
  explanation,
  field,
  files,
  lacks,
  lookAgain,
  missing,
  note,
  notSaved,
  ownLogin,
  period,
  periodHelp,
  periodIs,
  periodNone,
  propose,
  state,
  there,
  title,
  type,
};
