import emptyText from '@salesforce/label/c.Plumbline_Screen_RecordList_EmptyText';
import emptyTitle from '@salesforce/label/c.Plumbline_Screen_RecordList_EmptyTitle';
import showMore from '@salesforce/label/c.Plumbline_Screen_RecordList_ShowMore';

/** The words of this component. */
export const labels = { emptyText, emptyTitle, showMore };
