import closed from '@salesforce/label/c.Plumbline_Screen_Issue_Closed';
import record from '@salesforce/label/c.Plumbline_Screen_Record';
import retry from '@salesforce/label/c.Plumbline_Screen_Retry';
import seen from '@salesforce/label/c.Plumbline_Screen_Issue_Seen';
import summing from '@salesforce/label/c.Plumbline_Screen_Issue_Summing';
import title from '@salesforce/label/c.Plumbline_Screen_Issue_Title';

/** The words of this component. */
export const labels = { closed, record, retry, seen, summing, title };
