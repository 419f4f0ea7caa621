namespace Probity.Storage.Deposits;

/// <summary>A sealed deposit as it was fetched from the reporter's side.</summary>
/// <param name="Index">Its number there.</param>
/// <param name="Day">The day on which it was recorded there, UTC.</param>
/// <param name="Report">The report that it belongs to.</param>
/// <param name="Deposit">Which deposit it is.</param>
/// <param name="Receipt">The receipt whose content it is: UTF-8.</param>
public sealed record StoredDeposit(long Index, DateOnly Day, Guid Report, Guid Deposit, ReadOnlyMemory<byte> Receipt);

/// <summary>The proof of a record whose content is not kept.</summary>
/// <param name="Index">Its number there.</param>
/// <param name="Receipt">A receipt that opens to the record's header, or to its leaf alone: UTF-8.</param>
public sealed record StoredProof(long Index, ReadOnlyMemory<byte> Receipt);

/// <summary>One record as it is held: its receipt, and the row of its deposit where it is one.</summary>
public sealed record StoredRecord(long Index, ReadOnlyMemory<byte> Receipt, StoredDeposit? Deposit);
