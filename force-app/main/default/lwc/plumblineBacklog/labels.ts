import drains from '@salesforce/label/c.Plumbline_Screen_Backlog_Drains';
import nothingWaits from '@salesforce/label/c.Plumbline_Screen_Backlog_NothingWaits';
import title from '@salesforce/label/c.Plumbline_Screen_Backlog_Title';
import waits from '@salesforce/label/c.Plumbline_Screen_Backlog_Waits';

/** The words of this component. */
export const labels = { drains, nothingWaits, title, waits };
