import echo from '@salesforce/label/c.Plumbline_Screen_OrgCalls_Echo';
import lookUp from '@salesforce/label/c.Plumbline_Screen_OrgCalls_LookUp';
import read from '@salesforce/label/c.Plumbline_Screen_OrgCalls_Read';
import report from '@salesforce/label/c.Plumbline_Screen_OrgCalls_Report';
import tell from '@salesforce/label/c.Plumbline_Screen_OrgCalls_Tell';
import write from '@salesforce/label/c.Plumbline_Screen_OrgCalls_Write';

/** The words of this module, by what calls are for. */
export const labels = { read, lookUp, write, tell, echo, report };
