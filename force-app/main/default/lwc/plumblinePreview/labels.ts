import after from '@salesforce/label/c.Plumbline_Screen_After';
import before from '@salesforce/label/c.Plumbline_Screen_Before';
import caption from '@salesforce/label/c.Plumbline_Screen_Preview_Caption';
import create from '@salesforce/label/c.Plumbline_Screen_Preview_Create';
import createHere from '@salesforce/label/c.Plumbline_Screen_Preview_CreateHere';
import empty from '@salesforce/label/c.Plumbline_Screen_Empty';
import field from '@salesforce/label/c.Plumbline_Screen_Field';
import hiddenFields from '@salesforce/label/c.Plumbline_Screen_HiddenFields';
import preview from '@salesforce/label/c.Plumbline_Screen_Preview_Preview';
import problem from '@salesforce/label/c.Plumbline_Screen_Preview_Problem';
import recordLabel from '@salesforce/label/c.Plumbline_Screen_RecordPicker_Label';
import systemRecord from '@salesforce/label/c.Plumbline_Screen_Preview_SystemRecord';
import unchanged from '@salesforce/label/c.Plumbline_Screen_Preview_Unchanged';
import unchangedHere from '@salesforce/label/c.Plumbline_Screen_Preview_UnchangedHere';
import update from '@salesforce/label/c.Plumbline_Screen_Preview_Update';
import updateHere from '@salesforce/label/c.Plumbline_Screen_Preview_UpdateHere';

/** The words of this component. */
export const labels = {
  after,
  before,
  caption,
  create,
  createHere,
  empty,
  field,
  hiddenFields,
  preview,
  problem,
  recordLabel,
  systemRecord,
  unchanged,
  unchangedHere,
  update,
  updateHere,
};
