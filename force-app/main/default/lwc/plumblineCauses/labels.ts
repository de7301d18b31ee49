import emptyText from '@salesforce/label/c.Plumbline_Screen_Causes_EmptyText';
import emptyTitle from '@salesforce/label/c.Plumbline_Screen_Causes_EmptyTitle';
import exportList from '@salesforce/label/c.Plumbline_Screen_ExportList';
import fix from '@salesforce/label/c.Plumbline_Screen_Causes_Fix';
import hideRecords from '@salesforce/label/c.Plumbline_Screen_Causes_HideRecords';
import lastSeen from '@salesforce/label/c.Plumbline_Screen_Causes_LastSeen';
import notExported from '@salesforce/label/c.Plumbline_Screen_Causes_NotExported';
import notQueued from '@salesforce/label/c.Plumbline_Screen_Causes_NotQueued';
import oneRecord from '@salesforce/label/c.Plumbline_Screen_Causes_OneRecord';
import queued from '@salesforce/label/c.Plumbline_Screen_Causes_Queued';
import queuedOne from '@salesforce/label/c.Plumbline_Screen_Causes_QueuedOne';
import records from '@salesforce/label/c.Plumbline_Screen_Causes_Records';
import retryAll from '@salesforce/label/c.Plumbline_Screen_Causes_RetryAll';
import showRecords from '@salesforce/label/c.Plumbline_Screen_Causes_ShowRecords';
import title from '@salesforce/label/c.Plumbline_Screen_Causes_Title';

/** The words of this component. */
export const labels = {
  emptyText,
  emptyTitle,
  exportList,
  fix,
  hideRecords,
  lastSeen,
  notExported,
  notQueued,
  oneRecord,
  queued,
  queuedOne,
  records,
  retryAll,
  showRecords,
  title,
};
