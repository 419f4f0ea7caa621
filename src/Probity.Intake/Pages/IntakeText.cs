namespace Probity.Intake.Pages;

/// <summary>The words of the reporter's pages: names their resource files.</summary>
public sealed class IntakeText;
