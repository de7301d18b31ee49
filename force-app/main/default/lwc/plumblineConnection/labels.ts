import bad from '@salesforce/label/c.Plumbline_Screen_Connection_Bad';
import begun from '@salesforce/label/c.Plumbline_Screen_Connection_Begun';
import connected from '@salesforce/label/c.Plumbline_Screen_Connection_Connected';
import good from '@salesforce/label/c.Plumbline_Screen_Connection_Good';
import lastDay from '@salesforce/label/c.Plumbline_Screen_Connection_LastDay';
import lastSync from '@salesforce/label/c.Plumbline_Screen_LastSync';
import mapped from '@salesforce/label/c.Plumbline_Screen_Connection_Mapped';
import never from '@salesforce/label/c.Plumbline_Screen_Never';
import notBegun from '@salesforce/label/c.Plumbline_Screen_Connection_NotBegun';
import openIssues from '@salesforce/label/c.Plumbline_Screen_Connection_OpenIssues';
import reconciled from '@salesforce/label/c.Plumbline_Screen_Connection_Reconciled';
import syncNow from '@salesforce/label/c.Plumbline_Screen_Connection_SyncNow';
import syncs from '@salesforce/label/c.Plumbline_Screen_Connection_Syncs';
import unknown from '@salesforce/label/c.Plumbline_Screen_Connection_Unknown';

/** The words of this component. */
export const labels = {
  bad,
  begun,
  connected,
  good,
  lastDay,
  lastSync,
  mapped,
  never,
  notBegun,
  openIssues,
  reconciled,
  syncNow,
  syncs,
  unknown,
};
