import cancel from '@salesforce/label/c.Plumbline_Screen_Cancel';
import confirmExclude from '@salesforce/label/c.Plumbline_Screen_RecordSync_ConfirmExclude';
import exclude from '@salesforce/label/c.Plumbline_Screen_RecordSync_Exclude';
import excluded from '@salesforce/label/c.Plumbline_Screen_RecordSync_Excluded';
import excludedNote from '@salesforce/label/c.Plumbline_Screen_RecordSync_ExcludedNote';
import inOrder from '@salesforce/label/c.Plumbline_Screen_RecordSync_InOrder';
import includeAgain from '@salesforce/label/c.Plumbline_Screen_RecordSync_IncludeAgain';
import issues from '@salesforce/label/c.Plumbline_Screen_RecordSync_Issues';
import noNote from '@salesforce/label/c.Plumbline_Screen_RecordSync_NoNote';
import notExcluded from '@salesforce/label/c.Plumbline_Screen_RecordSync_NotExcluded';
import notIncluded from '@salesforce/label/c.Plumbline_Screen_RecordSync_NotIncluded';
import note from '@salesforce/label/c.Plumbline_Screen_RecordSync_Note';
import nowExcluded from '@salesforce/label/c.Plumbline_Screen_RecordSync_NowExcluded';
import nowIncluded from '@salesforce/label/c.Plumbline_Screen_RecordSync_NowIncluded';
import paused from '@salesforce/label/c.Plumbline_Screen_Paused';
import syncNow from '@salesforce/label/c.Plumbline_Screen_SyncNow';

/** The words of this component. */
export const labels = {
  cancel,
  confirmExclude,
  exclude,
  excluded,
  excludedNote,
  inOrder,
  includeAgain,
  issues,
  noNote,
  notExcluded,
  notIncluded,
  note,
  nowExcluded,
  nowIncluded,
  paused,
  syncNow,
};
