import backfill from '@salesforce/label/c.Plumbline_Screen_Runs_Backfill';
import emptyText from '@salesforce/label/c.Plumbline_Screen_Runs_EmptyText';
import emptyTitle from '@salesforce/label/c.Plumbline_Screen_Runs_EmptyTitle';
import failed from '@salesforce/label/c.Plumbline_Screen_Failed';
import finished from '@salesforce/label/c.Plumbline_Screen_Runs_Finished';
import imbalance from '@salesforce/label/c.Plumbline_Screen_Runs_Imbalance';
import live from '@salesforce/label/c.Plumbline_Screen_Runs_Live';
import manual from '@salesforce/label/c.Plumbline_Screen_Runs_Manual';
import runTitle from '@salesforce/label/c.Plumbline_Screen_Runs_RunTitle';
import running from '@salesforce/label/c.Plumbline_Screen_Running';
import stopped from '@salesforce/label/c.Plumbline_Screen_Runs_Stopped';
import summary from '@salesforce/label/c.Plumbline_Screen_Runs_Summary';
import sweep from '@salesforce/label/c.Plumbline_Screen_Runs_Sweep';
import title from '@salesforce/label/c.Plumbline_Screen_Runs_Title';

/** The words of this component. */
export const labels = {
  backfill,
  emptyText,
  emptyTitle,
  failed,
  finished,
  imbalance,
  live,
  manual,
  runTitle,
  running,
  stopped,
  summary,
  sweep,
  title,
};
