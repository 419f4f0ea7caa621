// The drawing of a procedure in the browser: bpmn-js (bpmn-js.js) with only what the procedure's reader reads, and beside it the page's own
// fields for what a step needs. The drawing leaves the page as a field of an ordinary form; nothing is fetched and nothing is sent by script.
(function () {
  'use strict';
  var form = document.getElementById('drawing-form');
  var canvas = document.getElementById('canvas');
  if (!form || !canvas || !window.BpmnJS) return;
  var words = JSON.parse(canvas.dataset.words);
  var field = document.getElementById('drawing');
  var panel = document.getElementById('step');
  var nobody = document.getElementById('step-none');
  var prefix = 'sop:';

  function translate(template, replacements) {
    var said = words[template] || template;
    return said.replace(/{([^}]+)}/g, function (all, key) { return (replacements || {})[key] !== undefined ? replacements[key] : all; });
  }

  // Only what docs/bpmn-mapping.md reads without surprise: whoever needs more draws it elsewhere and uploads the file.
  var palette = ['hand-tool', 'lasso-tool', 'space-tool', 'global-connect-tool', 'tool-separator', 'create.start-event', 'create.end-event',
    'create.exclusive-gateway', 'create.task', 'create.participant-expanded'];
  var pad = ['append.end-event', 'append.gateway', 'append.append-task', 'append.text-annotation', 'connect', 'delete', 'replace',
    'lane-insert-above', 'lane-divide-two', 'lane-divide-three', 'lane-insert-below'];
  var menu = ['replace-with-exclusive-gateway', 'replace-with-parallel-gateway', 'replace-with-inclusive-gateway'];

  function only(names, test) {
    return function (entries) {
      Object.keys(entries).forEach(function (name) { if (names.indexOf(name) < 0 || (test && !test(name))) delete entries[name]; });
      return entries;
    };
  }

  function Narrow(paletteSite, contextPad, popupMenu) {
    paletteSite.registerProvider(100, { getPaletteEntries: function () { return only(palette); } });
    contextPad.registerProvider(100, {
      getContextPadEntries: function (element) { return only(pad, function (name) { return name !== 'replace' || /Gateway$/.test(element.type); }); },
      getMultiElementContextPadEntries: function () { return only(['delete']); }
    });
    popupMenu.registerProvider('bpmn-replace', 100, {
      getPopupMenuEntries: function () { return only(menu); },
      getPopupMenuHeaderEntries: function () { return only([]); }
    });
  }
  Narrow.$inject = ['palette', 'contextPad', 'popupMenu'];

  var text = { isAttr: true, type: 'String' };
  var duties = ['role', 'evidence', 'dualControl', 'risk', 'within'].map(function (name) { return Object.assign({ name: name }, text); });
  var modeler = new window.BpmnJS({
    container: canvas,
    moddleExtensions: {
      sop: {
        name: 'Sop', uri: 'urn:probity:sop:1', prefix: 'sop', associations: [],
        types: [
          { name: 'Duty', extends: ['bpmn:Activity'], properties: duties },
          { name: 'Keeper', extends: ['bpmn:Lane'], properties: [Object.assign({ name: 'role' }, text)] }
        ]
      }
    },
    additionalModules: [{ __init__: ['narrow'], narrow: ['type', Narrow], translate: ['value', translate] }]
  });

  var chosen = null;
  function input(name) { return document.getElementById('step-' + name); }
  function isStep(element) { return element && !element.labelTarget && (/Task$/.test(element.type) || element.type === 'bpmn:CallActivity' || element.type === 'bpmn:Lane'); }

  // PT72H and P3D; anything else that a file brought along is left as it stands.
  function span(value) {
    var found = /^P(?:(\d+)D|T(\d+)H|T(\d+)M)$/.exec(value || '');
    return found ? { count: found[1] || found[2] || found[3], unit: found[1] ? 'D' : found[2] ? 'H' : 'M' } : { count: '', unit: 'H' };
  }

  function show(element) {
    chosen = isStep(element) ? element : null;
    panel.hidden = !chosen;
    nobody.hidden = !!chosen;
    if (!chosen) return;
    var it = chosen.businessObject;
    panel.querySelectorAll('[data-duty]').forEach(function (part) { part.hidden = chosen.type === 'bpmn:Lane' && part.dataset.duty !== 'role' && part.dataset.duty !== 'name'; });
    input('name').value = it.name || '';
    input('role').value = it.get(prefix + 'role') || '';
    if (chosen.type === 'bpmn:Lane') return;
    input('evidence').value = it.get(prefix + 'evidence') || '';
    input('dual').checked = it.get(prefix + 'dualControl') === 'true';
    input('risk').value = it.get(prefix + 'risk') || '';
    var within = span(it.get(prefix + 'within'));
    input('within').value = within.count;
    input('unit').value = within.unit;
  }

  function set(name, value) {
    if (!chosen) return;
    var change = {};
    change[name] = value || undefined;
    modeler.get('modeling').updateProperties(chosen, change);
  }

  input('name').addEventListener('change', function () { set('name', this.value.trim()); });
  input('role').addEventListener('change', function () { set(prefix + 'role', this.value); });
  input('evidence').addEventListener('change', function () { set(prefix + 'evidence', this.value.trim()); });
  input('dual').addEventListener('change', function () { set(prefix + 'dualControl', this.checked ? 'true' : ''); });
  input('risk').addEventListener('change', function () { set(prefix + 'risk', this.value.trim()); });
  function limit() {
    var count = parseInt(input('within').value, 10);
    var unit = input('unit').value;
    set(prefix + 'within', count > 0 ? (unit === 'D' ? 'P' + count + 'D' : 'PT' + count + unit) : '');
  }
  input('within').addEventListener('change', limit);
  input('unit').addEventListener('change', limit);

  modeler.on('selection.changed', function (e) { show(e.newSelection.length === 1 ? e.newSelection[0] : null); });
  modeler.on('element.changed', function (e) { if (chosen && e.element.id === chosen.id) show(e.element); });

  form.addEventListener('submit', function (e) {
    if (form.dataset.ready) return;
    e.preventDefault();
    modeler.saveXML({ format: true }).then(function (saved) {
      field.value = saved.xml;
      form.dataset.ready = '1';
      // Not before the event that was stopped is over: until then a browser takes no second one.
      setTimeout(function () { form.requestSubmit(e.submitter || undefined); }, 0);
    });
  });

  // A long procedure made to fit would be too small to read: it begins at its left end, in a size that can be read.
  function begin() {
    var site = modeler.get('canvas');
    site.zoom('fit-viewport', 'auto');
    if (site.zoom() >= 0.6) return;
    var box = site.viewbox();
    var scale = 0.75;
    site.viewbox({ x: box.inner.x - 100 / scale, y: box.inner.y - 40, width: box.outer.width / scale, height: box.outer.height / scale });
  }
  document.querySelectorAll('[data-zoom]').forEach(function (button) {
    button.addEventListener('click', function () {
      var site = modeler.get('canvas');
      if (button.dataset.zoom === 'all') site.zoom('fit-viewport', 'auto');
      else modeler.get('zoomScroll').stepZoom(button.dataset.zoom === 'in' ? 1 : -1);
    });
  });

  modeler.importXML(field.value).then(function () {
    document.querySelectorAll('[data-with-script]').forEach(function (part) { part.hidden = false; });
    document.querySelectorAll('[data-without-script]').forEach(function (part) { part.hidden = true; });
    begin();
    document.body.dataset.drawing = 'ready';
  }, function () {
    document.body.dataset.drawing = 'failed';
  });
})();
