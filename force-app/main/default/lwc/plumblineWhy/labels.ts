import notQueued from '@salesforce/label/c.Plumbline_Screen_Why_NotQueued';
import queued from '@salesforce/label/c.Plumbline_Screen_Why_Queued';
import why from '@salesforce/label/c.Plumbline_Screen_Why';

/** The words of this component. */
export const labels = { notQueued, queued, why };
