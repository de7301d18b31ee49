import after from '@salesforce/label/c.Plumbline_Screen_After';
import before from '@salesforce/label/c.Plumbline_Screen_Before';
import deletes from '@salesforce/label/c.Plumbline_Screen_SetupRehearse_Deletes';
import empty from '@salesforce/label/c.Plumbline_Screen_Empty';
import explanation from '@salesforce/label/c.Plumbline_Screen_SetupRehearse_Explanation';
import field from '@salesforce/label/c.Plumbline_Screen_Field';
import firstChanges from '@salesforce/label/c.Plumbline_Screen_SetupRehearse_FirstChanges';
import forecast from '@salesforce/label/c.Plumbline_Screen_SetupRehearse_Forecast';
import hiddenFields from '@salesforce/label/c.Plumbline_Screen_HiddenFields';
import nothingChanges from '@salesforce/label/c.Plumbline_Screen_SetupRehearse_NothingChanges';
import oneRecord from '@salesforce/label/c.Plumbline_Screen_SetupRehearse_OneRecord';
import records from '@salesforce/label/c.Plumbline_Screen_SetupRehearse_Records';
import rightsFirst from '@salesforce/label/c.Plumbline_Screen_SetupRehearse_RightsFirst';
import start from '@salesforce/label/c.Plumbline_Screen_SetupRehearse_Start';
import writes from '@salesforce/label/c.Plumbline_Screen_SetupRehearse_Writes';

/** The words of this component. */
export const labels = {
  after,
  before,
  deletes,
  empty,
  explanation,
  field,
  firstChanges,
  forecast,
  hiddenFields,
  nothingChanges,
  oneRecord,
  records,
  rightsFirst,
  start,
  writes,
};
