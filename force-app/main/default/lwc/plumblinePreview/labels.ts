import after from '@salesforce/label/c.Plumbline_Screen_After';
import before from '@salesforce/label/c.Plumbline_Screen_Before';
import caption from '@salesforce/label/c.Plumbline_Screen_Preview_Caption';
import create from '@salesforce/label/c.Plumbline_Screen_Preview_Create';
import empty from '@salesforce/label/c.Plumbline_Screen_Empty';
import field from '@salesforce/label/c.Plumbline_Screen_Field';
import help from '@salesforce/label/c.Plumbline_Screen_Preview_Help';
import hiddenFields from '@salesforce/label/c.Plumbline_Screen_HiddenFields';
import preview from '@salesforce/label/c.Plumbline_Screen_Preview_Preview';
import problem from '@salesforce/label/c.Plumbline_Screen_Preview_Problem';
import recordId from '@salesforce/label/c.Plumbline_Screen_RecordId';
import systemRecord from '@salesforce/label/c.Plumbline_Screen_Preview_SystemRecord';
import unchanged from '@salesforce/label/c.Plumbline_Screen_Preview_Unchanged';
import update from '@salesforce/label/c.Plumbline_Screen_Preview_Update';

/** The words of this component. */
export const labels = {
  after,
  before,
  caption,
  create,
  empty,
  field,
  help,
  hiddenFields,
  preview,
  problem,
  recordId,
  systemRecord,
  unchanged,
  update,
};
