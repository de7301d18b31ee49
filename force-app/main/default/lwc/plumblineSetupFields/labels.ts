import add from '@salesforce/label/c.Plumbline_Screen_SetupFields_Add';
import blank from '@salesforce/label/c.Plumbline_Screen_SetupFields_Blank';
import blankHead from '@salesforce/label/c.Plumbline_Screen_SetupFields_BlankHead';
import clearBlank from '@salesforce/label/c.Plumbline_Screen_SetupFields_ClearBlank';
import keepBlank from '@salesforce/label/c.Plumbline_Screen_SetupFields_KeepBlank';
import mapped from '@salesforce/label/c.Plumbline_Screen_SetupFields_Mapped';
import misfit from '@salesforce/label/c.Plumbline_Screen_SetupFields_Misfit';
import noField from '@salesforce/label/c.Plumbline_Screen_SetupFields_NoField';
import noneMapped from '@salesforce/label/c.Plumbline_Screen_SetupFields_NoneMapped';
import nothingFound from '@salesforce/label/c.Plumbline_Screen_SetupFields_NothingFound';
import noTransform from '@salesforce/label/c.Plumbline_Screen_SetupFields_NoTransform';
import orgTarget from '@salesforce/label/c.Plumbline_Screen_SetupFields_OrgTarget';
import preview from '@salesforce/label/c.Plumbline_Screen_SetupFields_Preview';
import previewNote from '@salesforce/label/c.Plumbline_Screen_SetupFields_PreviewNote';
import remove from '@salesforce/label/c.Plumbline_Screen_SetupFields_Remove';
import salesforceField from '@salesforce/label/c.Plumbline_Screen_SetupFields_SalesforceField';
import salesforceWins from '@salesforce/label/c.Plumbline_Screen_SetupFields_SalesforceWins';
import search from '@salesforce/label/c.Plumbline_Screen_SetupFields_Search';
import searchSystem from '@salesforce/label/c.Plumbline_Screen_SetupFields_SearchSystem';
import suggest from '@salesforce/label/c.Plumbline_Screen_SetupFields_Suggest';
import systemWins from '@salesforce/label/c.Plumbline_Screen_SetupFields_SystemWins';
import target from '@salesforce/label/c.Plumbline_Screen_SetupFields_Target';
import targetHead from '@salesforce/label/c.Plumbline_Screen_SetupFields_TargetHead';
import transform from '@salesforce/label/c.Plumbline_Screen_SetupFields_Transform';
import transformHead from '@salesforce/label/c.Plumbline_Screen_SetupFields_TransformHead';

/** The words of this component. */
export const labels = {
  add,
  blank,
  blankHead,
  clearBlank,
  keepBlank,
  mapped,
  misfit,
  noField,
  noneMapped,
  nothingFound,
  noTransform,
  orgTarget,
  preview,
  previewNote,
  remove,
  salesforceField,
  salesforceWins,
  search,
  searchSystem,
  suggest,
  systemWins,
  target,
  targetHead,
  transform,
  transformHead,
};
