/// Every text of the app but the names of the domain: `WordTable.swift` has both languages of each, there is no other table, and none can
/// be without a language. `%1`, `%2` stand for what is put in. What the core says (reasons, problems) comes with its own words.
public enum Word: String, CaseIterable, Sendable {
    case appName, myself, tabToday, tabCases, tabMe
    case back, understood, cancel, loading, more, photo, removePhoto, discard, clear
    case enrolTitle, enrolWhy, enrolServer, enrolCode, enrolGo, enrolBusy
    case shutter, homeBeat, homeNoBeat, homeAllSafe, homeAllSafeMore, homeUnsent, homeUnsentPhotos, homeUnsentMore,
        homeLane, homeLaneMore, homeDrafts, homeRecent, homeNothing
    case reportTitle, reportClass, reportClassAll, reportClassFind, reportClassNone, reportClassFirst, reportGo,
        reportBusy, reportPlaceWaiting, reportPlaceGood, reportPlaceWeak, reportPlaceUnsaid, reportPlaceNone,
        reportNoGridReason, reportMore, reportDescription, reportAddress, reportAddPhoto, reportSeverity,
        reportHazards, reportSaved, reportDone
    case hazardFall, hazardTraffic, hazardElectric, hazardFlood, hazardFire
    case casesTitle, casesFind, casesNone, casesNotFound, casesDeclined
    case caseNo, caseCode, caseExpected, casePhotosSafe, casePlace, caseNoPlace, caseDescription, caseHazards,
        caseComments, caseTimeline, caseNotRuled, caseNotRuledHere, caseGranted, caseNotGranted, caseConcurrent,
        caseAddComment, caseAddPhoto, caseCommentHint, caseCommentSend
    case actTrue, actFalse, actUnclear, actPassed, actFailed, actNote, actPhoto, actPhotoAgain, actSend
    case syncTitle, syncNow, syncBusy, syncTexts, syncPhotos, syncLeft, syncSafe, syncDone, syncLater, syncAgain,
        syncRevoked, syncFailures, syncCompared, syncNeverCompared, syncDiffers, syncLog, syncOfflineFine
    case laneTitle, laneWhy, laneNone, laneOpen, laneDismiss, laneDeclined, laneQuarantined
    case meTitle, meRoles, meBeats, meOrganisation, meServer, meProtection, meEncryptedHardware, meEncrypted,
        meNotEncrypted, meDelivery
    case tabCheckins, save, homeMap, caseOpenCheckin
    case mapTitle, mapNone, mapSays, mapCloser, mapFarther, mapHere, mapNext, mapTouch, mapLeftOut
    case checkinsTitle, checkinsNone, checkinOpen, checkinOpenTitle, checkinOpenWhat, checkinOpenHow,
        checkinOpenWhere, checkinOpenPick, checkinOpenFind, checkinOpenNoBody, checkinOpenDone, checkinOpenGo,
        checkinOpenMissing, checkinSteps, checkinNoSteps, checkinVisiting, checkinHosts, checkinSubject,
        checkinSubjectCase, checkinSubjectProject, checkinTimes, checkinLater, checkinEarlier, checkinSame, checkinWhat,
        checkinCalls, checkinDue, checkinArrived, checkinArrivedLate, checkinNotArrived, checkinWrite, checkinWriteHint
    case factEstimate, factVersion, factOptions, factDecision, factUndertaker, factCost, factPromise, factParty,
        factHeadcount, factWindow, factTurn, factPercent, factFinished, factQuantity, factYes, factNo, factUnsaid,
        costVoluntary, costBody, costShared, costOpen
    case backgroundTitle, backgroundNotScheduled, backgroundWaiting, backgroundNeverRan, backgroundRunning,
        backgroundKilled, backgroundSilent, backgroundRuns
    case backgroundRefresh
    case checkinAnswer, checkinAnswerFor, checkinAnswerNote, checkinAccept, checkinDecline
    case reportPlaceChoose, reportPlaceChosen, reportPlaceAgain, reportPlaceBack
    case placeTitle, placeHow, placeAway, placeCross, placeHere, placeNorth, placeSouth, placeEast, placeWest
    case settingsBaseMap, baseMapWhole, baseMapPart, baseMapWaits
    case syncDoneHeld, syncHeld, syncHeldMore, syncAllNow
    case logTitle, logWhy, logNone, logOpened, logSuspended, logResumed, logWiped, logShutDown, logAsked,
        logAnswered, logUnreachable, logWrongCertificate, logWaits, logRefused, logRevoked, logFailed
    case homeTasks, homeTasksNext, homeTasksLate
    case reportGrid, reportGridWhich, reportGridNone, reportNoGrid, reportComponent, reportMetres, reportPhrases,
        reportDuplicate, reportDuplicatesMore, reportSame, reportAnyway, reportLinked, reportLinkedUnknown,
        reportUnlink, reportGoLinked, reportSettle, reportSettleTitle, reportSettleBefore, reportSettleAfter,
        reportSettleBoth, reportSettleNote, reportSettleGo, reportSettleStop
    case caseClocks, caseClockDue, caseClockLeft, caseClockOver, caseClockUsed, caseClockTurn, caseClockUnknown,
        caseClockWhy, caseClockWhyNot, caseClockOthers, caseSurveys, caseSurveyEstimate, caseDuplicateOf
    case tasksTitle, tasksNone, tasksByTime, tasksByDistance, taskInTime, taskSoon, taskOverdue, taskAnswered,
        taskVerify, taskCheck, taskDue, taskClock, taskLateFine, taskNotHere, taskAway, taskDeclined, metres,
        kilometres
    case actCause, actEstimate, actWorkDays
    case decline, declineWhy, declineMore, declineWords, declineSaid, declineRefused, leaveTitle, leaveWhy, leaveNone,
        leaveSay, leaveFirst, leaveLast, leaveFromNow, leaveEarlier, leaveLater, leaveWords, leaveGo, leaveSpan,
        leaveTakeBack, leaveTakingBack, leaveTakenBack, leaveBackRefused
    case meSettings, settingsTitle, settingsLanguage, settingsAppearance, settingsText, languageChinese,
        languageEnglish, appearancePhone, appearanceLight, appearanceDark, textOrdinary, textLarge, textLargest
    case roomTitle, roomUsed, roomWhy, roomFree, roomFreed, roomNothing
    case justNow, minutesAgo, hoursAgo, seconds, minutes, hours, days

    public func of(_ language: Language) -> String { named.of(language) }

    /// With values in the places of `%1`, `%2`…
    public func of(_ language: Language, _ values: any CustomStringConvertible & Sendable...) -> String {
        named.of(language, filledWith: values)
    }
}

extension Word {
    /// Both languages, with values in their places.
    public func filled(_ values: any CustomStringConvertible & Sendable...) -> Named {
        Named(named.of(.chinese, filledWith: values), named.of(.english, filledWith: values))
    }
}
