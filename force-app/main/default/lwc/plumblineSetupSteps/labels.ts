import done from '@salesforce/label/c.Plumbline_Screen_SetupSteps_Done';
import steps from '@salesforce/label/c.Plumbline_Screen_SetupSteps_Steps';

/** The words of this component. */
export const labels = {
  done,
  steps,
};
