import emptyText from '@salesforce/label/c.Plumbline_Screen_Health_EmptyText';
import emptyTitle from '@salesforce/label/c.Plumbline_Screen_Health_EmptyTitle';
import everything from '@salesforce/label/c.Plumbline_Screen_Health_Everything';
import noVersion from '@salesforce/label/c.Plumbline_Screen_Health_NoVersion';
import olderShown from '@salesforce/label/c.Plumbline_Screen_Health_OlderShown';
import refresh from '@salesforce/label/c.Plumbline_Screen_Refresh';
import refreshedAt from '@salesforce/label/c.Plumbline_Screen_Health_RefreshedAt';
import resting from '@salesforce/label/c.Plumbline_Screen_Health_Resting';
import restingNext from '@salesforce/label/c.Plumbline_Screen_Health_RestingNext';
import title from '@salesforce/label/c.Plumbline_Screen_Health_Title';
import version from '@salesforce/label/c.Plumbline_Screen_Health_Version';

/** The words of this component. */
export const labels = {
  emptyText,
  emptyTitle,
  everything,
  noVersion,
  olderShown,
  refresh,
  refreshedAt,
  resting,
  restingNext,
  title,
  version,
};
