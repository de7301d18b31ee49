import forecast from '@salesforce/label/c.Plumbline_Screen_ApiUse_Forecast';
import inReserve from '@salesforce/label/c.Plumbline_Screen_ApiUse_InReserve';
import reserve from '@salesforce/label/c.Plumbline_Screen_ApiUse_Reserve';
import title from '@salesforce/label/c.Plumbline_Screen_ApiUse_Title';
import used from '@salesforce/label/c.Plumbline_Screen_ApiUse_Used';
import willReachReserve from '@salesforce/label/c.Plumbline_Screen_ApiUse_WillReachReserve';

/** The words of this component. */
export const labels = { forecast, inReserve, reserve, title, used, willReachReserve };
