import activate from '@salesforce/label/c.Plumbline_Screen_SetupLive_Activate';
import activated from '@salesforce/label/c.Plumbline_Screen_SetupLive_Activated';
import agree from '@salesforce/label/c.Plumbline_Screen_SetupLive_Agree';
import allRecords from '@salesforce/label/c.Plumbline_Screen_SetupLive_AllRecords';
import begun from '@salesforce/label/c.Plumbline_Screen_SetupLive_Begun';
import begunNext from '@salesforce/label/c.Plumbline_Screen_SetupLive_BegunNext';
import health from '@salesforce/label/c.Plumbline_Screen_SetupLive_Health';
import notAllowed from '@salesforce/label/c.Plumbline_Screen_SetupLive_NotAllowed';
import notAllowedNext from '@salesforce/label/c.Plumbline_Screen_SetupLive_NotAllowedNext';
import start from '@salesforce/label/c.Plumbline_Screen_SetupLive_Start';
import summary from '@salesforce/label/c.Plumbline_Screen_SetupLive_Summary';
import summaryInward from '@salesforce/label/c.Plumbline_Screen_SetupLive_SummaryInward';

/** The words of this component. */
export const labels = {
  activate,
  activated,
  agree,
  allRecords,
  begun,
  begunNext,
  health,
  notAllowed,
  notAllowedNext,
  start,
  summary,
  summaryInward,
};
