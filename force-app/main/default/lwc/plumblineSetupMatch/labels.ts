import blank from '@salesforce/label/c.Plumbline_Screen_SetupMatch_Blank';
import count from '@salesforce/label/c.Plumbline_Screen_SetupMatch_Count';
import duplicate from '@salesforce/label/c.Plumbline_Screen_SetupMatch_Duplicate';
import empty from '@salesforce/label/c.Plumbline_Screen_Empty';
import explanation from '@salesforce/label/c.Plumbline_Screen_SetupMatch_Explanation';
import hiddenFields from '@salesforce/label/c.Plumbline_Screen_HiddenFields';
import invalid from '@salesforce/label/c.Plumbline_Screen_SetupMatch_Invalid';
import keySource from '@salesforce/label/c.Plumbline_Screen_SetupMatch_KeySource';
import keyTarget from '@salesforce/label/c.Plumbline_Screen_SetupMatch_KeyTarget';
import orgKey from '@salesforce/label/c.Plumbline_Screen_SetupMatch_OrgKey';
import result from '@salesforce/label/c.Plumbline_Screen_SetupMatch_Result';
import resultNext from '@salesforce/label/c.Plumbline_Screen_SetupMatch_ResultNext';
import systemKey from '@salesforce/label/c.Plumbline_Screen_SetupMatch_SystemKey';

/** The words of this component. */
export const labels = {
  blank,
  count,
  duplicate,
  empty,
  explanation,
  hiddenFields,
  invalid,
  keySource,
  keyTarget,
  orgKey,
  result,
  resultNext,
  systemKey,
};
