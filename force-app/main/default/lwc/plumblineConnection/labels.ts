import bad from '@salesforce/label/c.Plumbline_Screen_Connection_Bad';
import connected from '@salesforce/label/c.Plumbline_Screen_Connection_Connected';
import good from '@salesforce/label/c.Plumbline_Screen_Connection_Good';
import lastDay from '@salesforce/label/c.Plumbline_Screen_Connection_LastDay';
import lastSync from '@salesforce/label/c.Plumbline_Screen_LastSync';
import mapped from '@salesforce/label/c.Plumbline_Screen_Connection_Mapped';
import never from '@salesforce/label/c.Plumbline_Screen_Never';
import openIssues from '@salesforce/label/c.Plumbline_Screen_Connection_OpenIssues';
import reconciled from '@salesforce/label/c.Plumbline_Screen_Connection_Reconciled';
import syncs from '@salesforce/label/c.Plumbline_Screen_Connection_Syncs';
import unknown from '@salesforce/label/c.Plumbline_Screen_Connection_Unknown';

/** The words of this component. */
export const labels = {
  bad,
  connected,
  good,
  lastDay,
  lastSync,
  mapped,
  never,
  openIssues,
  reconciled,
  syncs,
  unknown,
};
