import byReason from '@salesforce/label/c.Plumbline_Screen_Run_ByReason';
import calls from '@salesforce/label/c.Plumbline_Screen_Run_Calls';
import created from '@salesforce/label/c.Plumbline_Screen_Run_Created';
import hideRecords from '@salesforce/label/c.Plumbline_Screen_Run_HideRecords';
import oneRecord from '@salesforce/label/c.Plumbline_Screen_Run_OneRecord';
import orgCalls from '@salesforce/label/c.Plumbline_Screen_Run_OrgCalls';
import records from '@salesforce/label/c.Plumbline_Screen_Run_Records';
import showRecords from '@salesforce/label/c.Plumbline_Screen_Run_ShowRecords';
import since from '@salesforce/label/c.Plumbline_Screen_Run_Since';
import title from '@salesforce/label/c.Plumbline_Screen_Run_Title';
import took from '@salesforce/label/c.Plumbline_Screen_Run_Took';
import unchanged from '@salesforce/label/c.Plumbline_Screen_Run_Unchanged';
import updated from '@salesforce/label/c.Plumbline_Screen_Run_Updated';

/** The words of this component. */
export const labels = {
  byReason,
  calls,
  created,
  hideRecords,
  oneRecord,
  orgCalls,
  records,
  showRecords,
  since,
  title,
  took,
  unchanged,
  updated,
};
