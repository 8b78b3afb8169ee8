"""The 14 subjects of the learner syllabus, in the order in which results list them."""

from question_bank.model import Topic

TOPICS: tuple[Topic, ...] = (
    Topic("alertness", "Alertness"),
    Topic("attitude", "Attitude"),
    Topic("safety-and-your-vehicle", "Safety and your vehicle"),
    Topic("safety-margins", "Safety margins"),
    Topic("hazard-awareness", "Hazard awareness"),
    Topic("vulnerable-road-users", "Vulnerable road users"),
    Topic("other-types-of-vehicle", "Other types of vehicle"),
    Topic("vehicle-handling", "Vehicle handling"),
    Topic("motorway-rules", "Motorway rules"),
    Topic("rules-of-the-road", "Rules of the road"),
    Topic("road-and-traffic-signs", "Road and traffic signs"),
    Topic("documents", "Documents"),
    Topic("incidents-and-emergencies", "Incidents, accidents and emergencies"),
    Topic("vehicle-loading", "Vehicle loading"),
)
