import emptyText from '@salesforce/label/c.Plumbline_Screen_IssueList_EmptyText';
import emptyTitle from '@salesforce/label/c.Plumbline_Screen_IssueList_EmptyTitle';
import firstOnly from '@salesforce/label/c.Plumbline_Screen_IssueList_FirstOnly';
import rest from '@salesforce/label/c.Plumbline_Screen_IssueList_Rest';

/** The words of this component. */
export const labels = { emptyText, emptyTitle, firstOnly, rest };
