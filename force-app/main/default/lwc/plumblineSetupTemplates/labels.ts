import direction from '@salesforce/label/c.Plumbline_Screen_SetupTemplates_Direction';
import explanation from '@salesforce/label/c.Plumbline_Screen_SetupTemplates_Explanation';
import inward from '@salesforce/label/c.Plumbline_Screen_SetupTemplates_Inward';
import object from '@salesforce/label/c.Plumbline_Screen_SetupTemplates_Object';
import offers from '@salesforce/label/c.Plumbline_Screen_SetupTemplates_Offers';
import outward from '@salesforce/label/c.Plumbline_Screen_SetupTemplates_Outward';
import title from '@salesforce/label/c.Plumbline_Screen_SetupTemplates_Title';
import use from '@salesforce/label/c.Plumbline_Screen_SetupTemplates_Use';

/** The words of this component. */
export const labels = {
  direction,
  explanation,
  inward,
  object,
  offers,
  outward,
  title,
  use,
};
