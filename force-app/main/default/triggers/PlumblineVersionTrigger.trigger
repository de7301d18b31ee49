trigger PlumblineVersionTrigger on Plumbline_Version__c(after insert) {
  PlumblineSchedule.start();
}
