import barTitle from '@salesforce/label/c.Plumbline_Screen_Trend_BarTitle';
import description from '@salesforce/label/c.Plumbline_Screen_Trend_Description';
import emptyText from '@salesforce/label/c.Plumbline_Screen_Trend_EmptyText';
import emptyTitle from '@salesforce/label/c.Plumbline_Screen_Trend_EmptyTitle';
import title from '@salesforce/label/c.Plumbline_Screen_Trend_Title';

/** The words of this component. */
export const labels = { barTitle, description, emptyText, emptyTitle, title };
