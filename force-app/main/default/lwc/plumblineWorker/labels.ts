import listening from '@salesforce/label/c.Plumbline_Screen_Worker_Listening';
import never from '@salesforce/label/c.Plumbline_Screen_Never';
import neverSeen from '@salesforce/label/c.Plumbline_Screen_Worker_NeverSeen';
import polling from '@salesforce/label/c.Plumbline_Screen_Worker_Polling';
import start from '@salesforce/label/c.Plumbline_Screen_Worker_Start';
import stopped from '@salesforce/label/c.Plumbline_Screen_Worker_Stopped';

/** The words of this component. */
export const labels = { listening, never, neverSeen, polling, start, stopped };
