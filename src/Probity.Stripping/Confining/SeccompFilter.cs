using System.Runtime.InteropServices;

namespace Probity.Stripping.Confining;

/// <summary>A filter of system calls (seccomp-BPF): a denied one fails with EPERM. Binding for every thread of the process, for good.</summary>
/// <remarks>
/// It lists what is denied, not what is allowed: which harmless calls .NET and libc make (memory, threads, signals, clocks) differs from release to release and
/// from one libc to the next, and one that is missing from a list of the allowed would end the process in the middle of a file. What opens a way out is listed whole.
/// </remarks>
internal static class SeccompFilter
{
    const int SetModeFilter = 1, AllThreads = 1;
    const ushort Load = 0x20, IfEqual = 0x15, IfAtLeast = 0x35, IfSet = 0x45, Return = 0x06;
    const uint Kill = 0x80000000, Fail = 0x00050000, Allow = 0x7FFF0000;
    const uint NotPermitted = 1, NoSuchCall = 38;
    const uint NumberAt = 0, MachineAt = 4, FirstArgumentAt = 16;
    const uint CloneThread = 0x00010000;

    // Calls of x86-64's 32-bit numbering, which would pass by the list.
    const uint OtherNumbering = 0x40000000;

    readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Value);

    sealed record Machine(uint Name, nint Seccomp, uint NewTask, uint NewTask3, uint ThreadKill);

    /// <returns>Whether the kernel took it.</returns>
    public static bool Apply()
    {
        var machine = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => new Machine(0xC000003E, 317, 56, 435, 234),
            Architecture.Arm64 => new Machine(0xC00000B7, 277, 220, 435, 131),
            _ => null,
        };
        if (machine is null)
            return false;
        var program = Program(machine, RuntimeInformation.ProcessArchitecture == Architecture.X64 ? DeniedCalls.X64 : DeniedCalls.Arm64);
        var memory = Marshal.AllocHGlobal(program.Count * 8 + 16);
        try
        {
            for (var i = 0; i < program.Count; i++)
            {
                Marshal.WriteInt16(memory, 16 + i * 8, (short)program[i].Code);
                Marshal.WriteByte(memory, 18 + i * 8, program[i].IfTrue);
                Marshal.WriteByte(memory, 19 + i * 8, program[i].IfFalse);
                Marshal.WriteInt32(memory, 20 + i * 8, (int)program[i].Value);
            }
            Marshal.WriteInt64(memory, program.Count);
            Marshal.WriteIntPtr(memory, 8, memory + 16);
            return Kernel.Call(machine.Seccomp, SetModeFilter, AllThreads, memory) == 0;
        }
        finally
        {
            Marshal.FreeHGlobal(memory);
        }
    }

    static List<Instruction> Program(Machine machine, ReadOnlySpan<uint> denied)
    {
        List<Instruction> program =
        [
            new(Load, 0, 0, MachineAt), new(IfEqual, 1, 0, machine.Name), new(Return, 0, 0, Kill),
            new(Load, 0, 0, NumberAt), new(IfAtLeast, 0, 1, OtherNumbering), new(Return, 0, 0, Fail | NotPermitted),
            // Its arguments lie in memory, where a filter cannot look: libc then takes the older call.
            new(IfEqual, 0, 1, machine.NewTask3), new(Return, 0, 0, Fail | NoSuchCall),
            // Threads, yes; processes, no.
            new(IfEqual, 0, 4, machine.NewTask), new(Load, 0, 0, FirstArgumentAt), new(IfSet, 1, 0, CloneThread), new(Return, 0, 0, Fail | NotPermitted), new(Return, 0, 0, Allow),
            // The runtime signals its own threads.
            new(IfEqual, 0, 4, machine.ThreadKill), new(Load, 0, 0, FirstArgumentAt), new(IfEqual, 1, 0, (uint)Environment.ProcessId), new(Return, 0, 0, Fail | NotPermitted), new(Return, 0, 0, Allow),
        ];
        foreach (var number in denied)
            program.AddRange([new(IfEqual, 0, 1, number), new(Return, 0, 0, Fail | NotPermitted)]);
        program.Add(new(Return, 0, 0, Allow));
        return program;
    }
}
