import emptyText from '@salesforce/label/c.Plumbline_Screen_RecordStatus_EmptyText';
import emptyTitle from '@salesforce/label/c.Plumbline_Screen_RecordStatus_EmptyTitle';
import noWorker from '@salesforce/label/c.Plumbline_Screen_RecordStatus_NoWorker';
import title from '@salesforce/label/c.Plumbline_Screen_RecordStatus_Title';

/** The words of this component. */
export const labels = { emptyText, emptyTitle, noWorker, title };
